"""Others' knowledge of the Bot API, installed by ``tests/kit/install_oracles.sh`` into ``.oracles`` and never committed."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / ".oracles"
SCHEMA = FOLDER / "schema.json"
AIOGRAM_PYTHON = FOLDER / "aiogram" / "bin" / "python"
NODE_MODULES = FOLDER / "node_modules"
TEST_API = NODE_MODULES / "telegram-test-api"
HOW = (
    "run `bash tests/kit/install_oracles.sh` (it needs Node.js and npm, from any source or apt-get install nodejs npm)"
)
