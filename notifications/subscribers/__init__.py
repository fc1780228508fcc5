"""The list of subscribers: finding, adding, bringing in and taking out; for the console and the API."""
