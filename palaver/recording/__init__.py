"""Recorded model calls, for those who look into why a chat went as it did; off unless somebody switched it on.

`recorder` decides and writes, beside the turns and bounded; `turns` follows one turn or text; `content` makes of
requests and answers what is kept of them; `rows` has the statements. What fails here is logged and counted, and never
felt by the turn that is recorded.
"""
