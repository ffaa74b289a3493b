// SPDX-License-Identifier: Apache-2.0
#include "auth/Questions.h"

namespace kith::auth {

Questions::Question::~Question()
{
    m_questions.end(m_number);
}

bool Questions::Question::isNews(const std::string &whom) const
{
    return m_questions.isNews(m_number, whom);
}

Questions::Asked Questions::ask()
{
    const std::lock_guard lock(m_mutex);
    auto question = std::make_shared<const Question>(*this, ++m_last);
    m_open.insert(m_last);
    return question;
}

bool Questions::isNews(std::uint64_t number, const std::string &whom)
{
    const std::lock_guard lock(m_mutex);
    const auto [last, first] = m_answered.try_emplace(whom, number);
    if (last->second > number)
        return false;
    last->second = number; // perhaps again: a write may be tried twice
    return true;
}

void Questions::end(std::uint64_t number)
{
    const std::lock_guard lock(m_mutex);
    const bool oldest = number == *m_open.begin();
    m_open.erase(number);
    if (oldest)
        std::erase_if(m_answered,
                      [this](const auto &answered) { return m_open.empty() || answered.second <= *m_open.begin(); });
}

} // namespace kith::auth
