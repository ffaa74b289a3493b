// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Session.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace kith::auth {

/// In which order servers of auth methods (a directory, a web service) were asked about people. What a slow one says
/// late is old news when somebody has asked it later and has been answered. Thread-safe; must outlive its questions,
/// and the writes that put their answers to use.
class Questions
{
public:
    class Question
    {
    public:
        Question(Questions &questions, std::uint64_t number) : m_questions(questions), m_number(number) {}
        Question(const Question &) = delete;
        Question &operator=(const Question &) = delete;
        ~Question();
        /// To be called in the write that puts its answer to use; when that comes to nothing, it wasn't heard. False: a
        /// later question about `whom` has been answered already.
        bool isNews(store::WriteSession &session, const std::string &whom) const;

    private:
        friend class Questions;
        Questions &m_questions;
        const std::uint64_t m_number;
    };
    using Asked = std::shared_ptr<const Question>;

    /// Just before it is asked. To be kept until its answer was put to use.
    Asked ask();

private:
    enum class Heard { Late, Again, First };

    void end(std::uint64_t number);
    Heard hear(std::uint64_t number, const std::string &whom);
    void unhear(std::uint64_t number, const std::string &whom);

    std::mutex m_mutex;
    std::uint64_t m_last = 0;
    std::set<std::uint64_t> m_open;
    /// Those heard about each, in writes under way as well; only while an earlier one may be open.
    std::map<std::string, std::set<std::uint64_t>> m_heard;
};

} // namespace kith::auth
