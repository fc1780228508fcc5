"""What admins set for the whole installation: the brand of the public page, of mails and of chats."""
