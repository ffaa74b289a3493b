// SPDX-License-Identifier: Apache-2.0
#include "identity/RestoreChecks.h"

#include "identity/Mounts.h"
#include "store/Text.h"

namespace kith::identity {

Result<void> checkAccessor(store::Session &session, NamespaceId ns, const std::string &field,
                           const std::string &accessor)
{
    const auto mount = mountByAccessor(session, accessor);
    if (mount ? mount->ns != ns : ns != RootNamespace)
        return invalidRequest(field + ": there is no mount " + inQuotes(accessor) + " in this namespace");
    return {};
}

Error taken(const std::string &field, std::string_view value)
{
    return invalidRequest(field + ": " + inQuotes(value) + " is already in use");
}

Error inField(const std::string &field, const Error &error)
{
    std::string text = error.wire;
    constexpr std::string_view wrapping = "1 error occurred:\n\t* ";
    if (text.rfind(wrapping, 0) == 0)
        text = text.substr(wrapping.size());
    text.erase(text.find_last_not_of('\n') + 1);
    return invalidRequest(field + ": " + text);
}

Result<void> checkField(const std::string &field, Result<void> checked)
{
    if (!checked)
        return inField(field, checked.error());
    return {};
}

Nanoseconds timeOr(Nanoseconds time, const store::WriteSession &session)
{
    return time != 0 ? time : session.now;
}

} // namespace kith::identity
