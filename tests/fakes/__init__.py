"""Stand-ins for services outside Palaver; each speaks the real wire over a real socket."""
