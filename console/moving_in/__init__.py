"""Moving in from Atlassian Statuspage: its public JSON, version 2, turned into rows of ours."""
