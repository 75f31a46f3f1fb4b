"""What editors ask for beside a build: one module for each command, imported only when it is asked for."""
