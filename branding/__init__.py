from typing import Final

# What everything is signed with until somebody says otherwise.
DEFAULT_NAME: Final = "OpStatus"
