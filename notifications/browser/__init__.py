"""What a browser needs to be pushed to: our public key, and the script that shows what arrives."""
