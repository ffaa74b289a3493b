// SPDX-License-Identifier: Apache-2.0
#include "auth/Cidr.h"

#include "auth/AddressBlock.h"
#include "store/Text.h"

namespace kith::auth {

Result<std::vector<std::string>> parseCidrs(const std::vector<std::string> &blocks)
{
    std::vector<std::string> parsed;
    for (const std::string &text : blocks) {
        const auto block = AddressBlock::parse(text);
        if (!block)
            return invalidRequest("error parsing address " + inQuotes(text) + ": Unable to convert " + inQuotes(text) +
                                  " to an IPv4 or IPv6 address, or a UNIX Socket");
        parsed.push_back(block->text());
    }
    return parsed;
}

bool isWithin(const std::vector<std::string> &blocks, std::string_view address)
{
    const auto asked = AddressBlock::parse(address);
    if (!asked)
        return false;
    for (const std::string &text : blocks)
        if (const auto block = AddressBlock::parse(text); block && block->contains(*asked))
            return true;
    return false;
}

} // namespace kith::auth
