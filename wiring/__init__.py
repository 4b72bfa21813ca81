"""The parts of the platform, each wired from settings and from the parts before it, one file a part.

`__main__.py` is their table of contents. A part reads `Site`, makes components and hands on what later parts need; no
part reads config, and no component knows settings.
"""
