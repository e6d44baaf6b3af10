"""Sign-in by an OpenID provider, against a real one."""
