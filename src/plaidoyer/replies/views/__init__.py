"""GET shows; POST calls one act, then redirects. The look-up is the permission."""
