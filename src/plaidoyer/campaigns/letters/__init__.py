"""The merge engine of letters: a template and facts go in, a Word file and a PDF come out. Pure: no database, no network, no clock.

A template is data, never a program: it has fields from one closed list (``fields``), and anything else between braces is refused
with its place. ``blocks`` is the letter as typed in the browser, ``word_template`` any Word file; both give the same ``Template``.
"""
