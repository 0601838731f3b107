.PHONY: check format test

check:  ## Set up, then run every check and test
	./scripts/test

format:  ## Format the code, and mend what can be mended without asking
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

test:  ## Run the tests alone
	.venv/bin/pytest -n 2
