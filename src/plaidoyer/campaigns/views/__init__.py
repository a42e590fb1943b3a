"""The desk's pages: the look-up is the permission, a GET shows, a POST calls one act and redirects."""
