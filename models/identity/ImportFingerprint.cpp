// SPDX-License-Identifier: Apache-2.0
#include "identity/ImportPlan.h"

namespace kith::identity {

namespace {

/// FNV-1a. Tells plans apart; it guards against haste, not against malice.
class Digest
{
public:
    void add(std::string_view text)
    {
        add(static_cast<std::int64_t>(text.size()));
        for (const char c : text)
            mix(static_cast<unsigned char>(c));
    }
    void add(std::int64_t number)
    {
        for (int shift = 0; shift < 64; shift += 8)
            mix(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift));
    }
    void add(const std::vector<std::string> &list)
    {
        add(static_cast<std::int64_t>(list.size()));
        for (const std::string &text : list)
            add(std::string_view(text));
    }
    std::string hex() const
    {
        constexpr std::string_view Digits = "0123456789abcdef";
        std::string out;
        for (int shift = 60; shift >= 0; shift -= 4)
            out.push_back(Digits[(m_hash >> shift) & 15]);
        return out;
    }

private:
    void mix(unsigned char byte) { m_hash = (m_hash ^ byte) * 0x100000001b3ULL; }

    std::uint64_t m_hash = 0xcbf29ce484222325ULL;
};

void addTo(Digest &digest, const std::vector<ObjectPlan> &objects)
{
    for (const ObjectPlan &object : objects) {
        if (object.action == PlanAction::Keep)
            continue;
        digest.add(static_cast<std::int64_t>(object.action));
        digest.add(std::string_view(object.name));
        digest.add(std::string_view(object.uuid));
        digest.add(object.version);
        for (const FieldChange &change : object.changes) {
            digest.add(std::string_view(change.field));
            digest.add(std::string_view(change.before));
            digest.add(std::string_view(change.after));
            digest.add(change.added);
            digest.add(change.removed);
        }
    }
    digest.add(-1);
}

} // namespace

std::string ImportPlan::fingerprint() const
{
    Digest digest;
    for (const auto *objects : {&mounts, &policies, &entities, &groups})
        addTo(digest, *objects);
    digest.add(mountTypes);
    return digest.hex();
}

} // namespace kith::identity
