"""Everything that travels to viewers: the notice bus, the live parts of running turns, the stream of one chat.

Owns no state that matters: the database is the truth, notices are hints that may be lost, parts are a preview that the
committed message supersedes. Knows neither the worker nor the model layer, which only publish into it.
"""
