"""Runs every benchmark: ``make bench``. Figures are printed, never asserted; each is paired with a control in its run."""

from tests.bench import growth, load, odds, step

for benchmark in (step, odds, load, growth):
    print(f"\n== {benchmark.__name__}: {(benchmark.__doc__ or '').split(':')[0]}")
    benchmark.main()
