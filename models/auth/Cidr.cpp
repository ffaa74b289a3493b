// SPDX-License-Identifier: Apache-2.0
#include "auth/Cidr.h"

#include "auth/AddressBlock.h"
#include "store/Text.h"

namespace kith::auth {

Result<std::vector<std::string>> parseCidrs(const std::vector<std::string> &blocks)
{
    for (const std::string &block : blocks)
        if (!AddressBlock::parse(block))
            return invalidRequest("error parsing address " + inQuotes(block) + ": Unable to convert " +
                                  inQuotes(block) + " to an IPv4 or IPv6 address, or a UNIX Socket");
    return blocks;
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
