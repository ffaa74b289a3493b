// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace kith::auth {

/// In which order servers of auth methods (a directory, a web service) were asked about people. What a slow one says
/// late is old news when somebody has asked it later and has been answered. Thread-safe; must outlive its questions.
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
        /// To be called when its answer is put to use. False: a later question about `whom` has been answered already.
        bool isNews(const std::string &whom) const;

    private:
        friend class Questions;
        Questions &m_questions;
        const std::uint64_t m_number;
    };
    using Asked = std::shared_ptr<const Question>;

    /// Just before it is asked. To be kept until its answer was put to use.
    Asked ask();

private:
    void end(std::uint64_t number);
    bool isNews(std::uint64_t number, const std::string &whom);

    std::mutex m_mutex;
    std::uint64_t m_last = 0;
    std::set<std::uint64_t> m_open;
    std::map<std::string, std::uint64_t> m_answered; ///< The last one about each; while an earlier one may be open.
};

} // namespace kith::auth
