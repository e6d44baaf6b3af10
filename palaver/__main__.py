"""`python -m palaver`: the command line, also from a checkout that is not installed."""

from palaver.cli import main

if __name__ == "__main__":
    main()
