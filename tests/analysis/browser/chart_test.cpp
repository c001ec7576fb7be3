// Charts in a real browser: opened from a file, without network, under the page's CSP.
