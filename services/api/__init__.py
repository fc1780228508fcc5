"""The catalogue in the API: services, components, groups, their uptime and their change history."""
