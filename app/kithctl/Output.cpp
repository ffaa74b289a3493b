// SPDX-License-Identifier: Apache-2.0
#include "Output.h"

#include "store/Text.h"

#include <cstdio>
#include <iostream>

namespace kith::ctl {

namespace {

/// What to do about it; empty where there is nothing to say.
std::string_view wayOut(ErrorCode code)
{
    switch (code) {
    case ErrorCode::WriterTaken:
        return "close it, or do this in it; reading works meanwhile";
    case ErrorCode::ReadOnly:
        return "check the permissions of the file and its folder, or name another one with --core";
    case ErrorCode::NotACore:
        return "name another file with --core; nothing was changed";
    case ErrorCode::NewerVersion:
        return "use that version; nothing was changed";
    case ErrorCode::Damaged:
        return "make a copy of it before anything else; kithctl check says where it is damaged, and a backup may be "
               "beside it";
    case ErrorCode::DiskFull:
        return "make room and try again";
    case ErrorCode::NotFound:
        return "name another file with --core, or make a core with kithctl import DOC";
    default:
        return {};
    }
}

} // namespace

std::string plain(std::string_view name)
{
    return isPrintable(name) ? std::string(name) : inQuotes(name);
}

int fail(std::string_view text)
{
    std::cerr << "kithctl: " << text << '\n';
    return Failed;
}

int fail(const Error &error)
{
    std::string text = error.wire;
    const bool file = !error.where.empty() && error.code != ErrorCode::WriterTaken; // else who writes, in the text
    if (file)
        text = plain(error.where) + ": " + text;
    // What isn't found in a core is another matter than a core that isn't there.
    if (const std::string_view way = wayOut(error.code); !way.empty() && (file || error.code != ErrorCode::NotFound))
        text += "; " + std::string(way);
    return fail(text);
}

int fail(const core::Response &response)
{
    if (response.errors.empty())
        fail("the core refused this (status " + std::to_string(response.status) + ")");
    for (const std::string &error : response.errors) {
        if (response.code && !wayOut(*response.code).empty())
            fail(Error{*response.code, response.status, error, response.where});
        else
            fail(error);
    }
    return Failed;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

} // namespace kith::ctl
