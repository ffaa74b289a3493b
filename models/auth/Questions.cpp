// SPDX-License-Identifier: Apache-2.0
#include "auth/Questions.h"

#include <iterator>

namespace kith::auth {

Questions::Question::~Question()
{
    m_questions.end(m_number);
}

bool Questions::Question::isNews(store::WriteSession &session, const std::string &whom) const
{
    const Heard heard = m_questions.hear(m_number, whom);
    if (heard == Heard::First)
        session.atEnd([&questions = m_questions, number = m_number, whom](store::WriteEnd end) {
            if (end == store::WriteEnd::Undone)
                questions.unhear(number, whom);
        });
    return heard != Heard::Late;
}

Questions::Asked Questions::ask()
{
    const std::lock_guard lock(m_mutex);
    auto question = std::make_shared<const Question>(*this, ++m_last);
    m_open.insert(m_last);
    return question;
}

Questions::Heard Questions::hear(std::uint64_t number, const std::string &whom)
{
    const std::lock_guard lock(m_mutex);
    std::set<std::uint64_t> &heard = m_heard[whom];
    if (!heard.empty() && *heard.rbegin() > number)
        return Heard::Late;
    return heard.insert(number).second ? Heard::First : Heard::Again;
}

void Questions::unhear(std::uint64_t number, const std::string &whom)
{
    const std::lock_guard lock(m_mutex);
    const auto heard = m_heard.find(whom);
    if (heard == m_heard.end())
        return;
    heard->second.erase(number);
    if (heard->second.empty())
        m_heard.erase(heard);
}

void Questions::end(std::uint64_t number)
{
    const std::lock_guard lock(m_mutex);
    const bool oldest = number == *m_open.begin();
    m_open.erase(number);
    if (!oldest)
        return;
    for (auto about = m_heard.begin(); about != m_heard.end();) {
        std::set<std::uint64_t> &heard = about->second;
        heard.erase(heard.begin(), m_open.empty() ? heard.end() : heard.upper_bound(*m_open.begin()));
        about = heard.empty() ? m_heard.erase(about) : std::next(about);
    }
}

} // namespace kith::auth
