"""The public page as plain files for other web servers: a folder, or a bucket."""
