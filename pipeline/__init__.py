"""communique: French press releases in, translations, summaries and verdicts out.

Data goes one way through the sub-packages, as the frozen records of `pipeline.records`:
read → structure → segment → protect → translate → restore → summarize → check → score → report.
Importing this package loads no model and opens no connection.
"""

__version__ = "0.1.0"
