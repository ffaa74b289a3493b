// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Json.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace kith::server {

/// What a client may take. All of them hold for one listener.
struct ServerLimits {
    std::size_t header = std::size_t{32} << 10;  ///< Bytes of a request's line and headers.
    std::size_t body = std::size_t{32} << 20;    ///< Bytes of one body (spec/engine.md §0).
    std::size_t bodies = std::size_t{512} << 20; ///< Bytes of all bodies that are held at once.
    store::JsonLimits json;
    unsigned connections = 4096;                   ///< Who comes beyond replaces one that waits, or is turned away.
    unsigned perAddress = 1024;                    ///< Connections of one address.
    std::chrono::milliseconds headerTime{10'000};  ///< From the first byte of a request to the end of its headers.
    std::chrono::milliseconds bodyTime{30'000};    ///< From there to the end of its body.
    std::chrono::milliseconds answerTime{300'000}; ///< Until the client has taken the answer.
    std::chrono::milliseconds idleTime{300'000};   ///< Between two requests.
};

/// Files in PEM. They are read at the start and whenever reload() is called.
struct Tls {
    std::string certificateFile; ///< With the chain behind it.
    std::string keyFile;
};

struct ServerOptions {
    std::string address = "127.0.0.1"; ///< A name or a number, IPv6 without brackets.
    int port = 8200;                   ///< 0: any that is free.
    std::optional<Tls> tls;
    ServerLimits limits;
    bool openRekey = false;        ///< sys/rekey for whoever can reach it, without a token.
    bool openGenerateRoot = false; ///< The same of sys/generate-root.
    unsigned acceptors = 0;        ///< Threads that speak HTTP; 0: as many as there are cores, four at most.
};

/// "127.0.0.1:8200", "[::1]:8200", "localhost:0"; nothing if it isn't that.
struct Endpoint {
    std::string address;
    int port = 0;
};
std::optional<Endpoint> parseEndpoint(const std::string &text);

} // namespace kith::server
