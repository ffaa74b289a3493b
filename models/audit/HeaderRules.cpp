// SPDX-License-Identifier: Apache-2.0
#include "audit/HeaderRules.h"

#include "store/Json.h"
#include "store/Text.h"

namespace kith::audit {

namespace json = boost::json;

namespace {

constexpr std::string_view Setting = "audit headers";

HeaderRules::Rules readRules(store::Session &session)
{
    HeaderRules::Rules rules;
    const auto stored = session.text("SELECT value FROM setting WHERE name = ?", Setting);
    if (!stored)
        return rules;
    const json::value parsed = json::parse(*stored);
    for (const auto &rule : parsed.as_object())
        rules.emplace(rule.key(), rule.value().as_bool() ? HeaderRules::Shown::Hashed : HeaderRules::Shown::Clear);
    return rules;
}

} // namespace

Result<std::shared_ptr<const HeaderRules::Rules>> HeaderRules::all()
{
    const std::lock_guard lock(m_mutex);
    if (!m_rules) {
        auto rules = m_store.read([](store::Session &session) -> Result<Rules> { return readRules(session); });
        if (!rules)
            return rules.error();
        m_rules = std::make_shared<const Rules>(std::move(*rules));
    }
    return m_rules;
}

Result<void> HeaderRules::set(std::string_view name, std::optional<Shown> shown)
{
    const std::string folded = foldCase(name);
    Rules rules;
    auto written = m_store.write([&](store::WriteSession &session) -> Result<void> {
        rules = readRules(session);
        if (shown)
            rules[folded] = *shown;
        else
            rules.erase(folded);
        json::object stored;
        for (const auto &[header, how] : rules)
            stored.emplace(header, how == Shown::Hashed);
        session.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", Setting, store::toJson(stored));
        return {};
    });
    if (!written)
        return written;
    forget(); // not kept as written here: another change may have come after this one
    return {};
}

void HeaderRules::forget()
{
    const std::lock_guard lock(m_mutex);
    m_rules.reset();
}

} // namespace kith::audit
