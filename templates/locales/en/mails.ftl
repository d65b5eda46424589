# Words of mails.
