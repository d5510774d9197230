"""Run amparo as ``python -m amparo``."""

from amparo.cli import main

if __name__ == "__main__":
    main()
