# A configuration of kithd, in the words of OpenBao's. kithd --config FILE

storage "file" {
  path = "/var/lib/kith"          # made if it isn't there, for its owner alone
}

listener "tcp" {
  address       = "0.0.0.0:8200"
  tls_cert_file = "/etc/kith/tls.crt"   # with the chain behind it; read again on SIGHUP
  tls_key_file  = "/etc/kith/tls.key"

  # What a client may take, with what holds when it isn't said:
  # max_request_size            = 33554432   # bytes of a body
  # max_request_json_strings    = 1000       # keys and texts; raise it for groups of more members
  # max_request_json_memory     = 34078720
  # max_header_size             = 32768
  # max_bodies_size             = 536870912  # of all bodies that are held at once
  # max_connections             = 4096
  # max_connections_per_address = 1024
  # http_read_header_timeout    = "10s"
  # http_read_timeout           = "30s"
  # http_write_timeout          = "5m"
  # http_idle_timeout           = "5m"
}

# The same on this machine without TLS.
listener "tcp" {
  address     = "127.0.0.1:8201"
  tls_disable = true
}

api_addr = "https://kith.example.org:8200"
