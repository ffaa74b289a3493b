// SPDX-License-Identifier: Apache-2.0
#include "policy/ControlGroup.h"

#include "policy/Capability.h"
#include "policy/HclDecode.h"

namespace kith::policy::hcl {

namespace {

struct Factor {
    bool controlled = false;
    std::int64_t approvals = 0;
    bool groups = false;
    std::vector<std::string> invalid; ///< Capabilities that don't exist.
};

Error factorError(const std::string &text)
{
    return invalidRequest("path control_group factor: " + text);
}

/// The fields of one `identity` block.
Result<void> readIdentity(const std::vector<Node> &identities, Factor &factor)
{
    for (const Node &identity : identities) {
        if (identity.value != nullptr) {
            return factorError("At " + identity.position().text() +
                               ": root.Identity: not an object type for struct (*ast." +
                               std::string(identity.typeName()) + ")");
        }
        const auto groups = decodeStrings(fields(identity, "group_names"), "root.Identity.group_names");
        if (!groups)
            return factorError(groups.error().wire);
        const auto approvals = decodeInteger(fields(identity, "approvals"), "root.Identity.Approvals");
        if (!approvals)
            return factorError(approvals.error().wire);
        factor.groups = factor.groups || !groups->empty();
        factor.approvals = approvals->value_or(factor.approvals);
    }
    return {};
}

Result<Factor> readFactor(const Item &item)
{
    const auto unknown = unknownKeys(item.value, {"controlled_capabilities", "identity"});
    if (!unknown)
        return factorError(unknown.error().wire);
    if (!unknown->empty()) {
        std::vector<std::string> errors;
        for (const std::string &text : *unknown)
            errors.push_back("path control_group factor: " + text);
        return invalidRequest(joined(errors));
    }
    if (item.keys.size() < 2)
        return factorError("require name key");
    Factor factor;
    const auto capabilities =
        decodeStrings(fields(item.value.items, "controlled_capabilities"), "root.controlled_capabilities");
    if (!capabilities)
        return factorError(capabilities.error().wire);
    factor.controlled = !capabilities->empty();
    for (const std::string &name : *capabilities) {
        if (!capabilityOf(name))
            factor.invalid.push_back(name);
    }
    if (auto read = readIdentity(fields(item.value.items, "identity"), factor); !read)
        return read.error();
    return factor;
}

Result<std::vector<Factor>> readFactors(const Item &group)
{
    std::vector<Factor> factors;
    for (const Item &item : group.value.items) {
        if (item.keys.front().name != "factor")
            continue;
        auto factor = readFactor(item);
        if (!factor) {
            std::string text = factor.error().wire;
            if (text.rfind("path ", 0) == 0)
                text = joined({text});
            return invalidRequest("error handling control_group factor: " + text);
        }
        factors.push_back(std::move(*factor));
    }
    return factors;
}

std::string problemOf(const std::vector<Factor> &factors)
{
    if (factors.empty())
        return "requires at least one factor but had none";
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const std::string place = "factor " + std::to_string(i) + ": ";
        if (!factors[i].controlled)
            return place + "missing controlled capabilities";
        if (!factors[i].invalid.empty())
            return "path control_group Operation(s) not valid: " + factors[i].invalid.front();
        if (factors[i].approvals <= 0)
            return place + "missing required approvals";
        if (!factors[i].groups)
            return place + "missing approving groups";
    }
    return {};
}

/// Appends what is wrong with one control_group.
void checkControlGroup(const Item &group, std::vector<std::string> &errors)
{
    const auto unknown = unknownKeys(group.value, {"ttl", "factor"});
    if (!unknown || !unknown->empty()) {
        if (unknown)
            errors.insert(errors.end(), unknown->begin(), unknown->end());
        else
            errors.push_back(unknown.error().wire);
        return;
    }
    const auto factors = readFactors(group);
    const auto ttl = decodeDuration(fields(group.value.items, "ttl"));
    if (factors && !ttl) {
        errors.push_back("path control_group: invalid ttl: " + ttl.error().wire);
        return;
    }
    const std::string problem = factors ? problemOf(*factors) : factors.error().wire;
    if (!problem.empty())
        errors.push_back(problem);
}

} // namespace

Result<void> checkControlGroups(const std::vector<Item> &rule)
{
    std::vector<std::string> errors;
    for (const Item &item : rule) {
        if (item.keys.front().name == "control_group")
            checkControlGroup(item, errors);
    }
    if (errors.empty())
        return {};
    return invalidRequest(joined(errors));
}

} // namespace kith::policy::hcl
