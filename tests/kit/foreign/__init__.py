"""Other people's clients and servers, as second opinions: what they reject in our server is our server's fault."""
