"""What may be set: variables of the environment, typed, bounded and described in two languages.

Any of them may stand in `.env` beside manage.py. With _FILE behind its name, a variable names a
file that holds the value, as secrets of containers do. `manage.py variables` lists them all.
"""

from aisociety.configuration.reading import Configuration, ConfigurationError, configuration
from aisociety.configuration.sections import BASE_DIR

__all__ = ["BASE_DIR", "Configuration", "ConfigurationError", "configuration"]
