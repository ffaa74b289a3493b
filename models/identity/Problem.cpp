// SPDX-License-Identifier: Apache-2.0
#include "identity/Problem.h"

#include "store/Text.h"

namespace kith::identity {

void Problems::add(Problem problem)
{
    m_errors = m_errors || problem.severity == Problem::Severity::Error;
    if (m_list.size() < Kept)
        m_list.push_back(std::move(problem));
    else
        ++m_leftOut;
}

void Problems::append(const Problems &other)
{
    for (const Problem &problem : other.m_list)
        add(problem);
    m_leftOut += other.m_leftOut;
    m_errors = m_errors || other.m_errors;
}

std::string inWords(const Problem &problem)
{
    std::string words = problem.place;
    if (!problem.object.empty())
        words += words.empty() ? problem.object : " (" + problem.object + ")";
    return words.empty() ? problem.text : words + ": " + problem.text;
}

std::string shownName(std::string_view name)
{
    constexpr std::size_t Longest = 80; // bytes
    if (name.size() <= Longest)
        return inQuotes(name);
    std::size_t end = Longest - 20;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80)
        --end;
    return inQuotes(std::string(name.substr(0, end)) + "…") + " (" + std::to_string(name.size()) + " bytes)";
}

} // namespace kith::identity
