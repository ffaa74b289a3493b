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

std::string plainText(const Error &error)
{
    constexpr std::string_view Wrapping = "\n\t* ";
    std::string_view text = error.wire;
    if (const std::size_t begin = text.find(Wrapping); begin != std::string_view::npos)
        text.remove_prefix(begin + Wrapping.size());
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.remove_suffix(1);
    std::string out(text);
    for (std::size_t i = out.find_first_of("\n\t"); i != std::string::npos; i = out.find_first_of("\n\t", i))
        out[i] = ' ';
    return out;
}

} // namespace kith::identity
