// SPDX-License-Identifier: Apache-2.0
#include "auth/Passwords.h"

#include "store/Seal.h"

#include <crypt.h>

#include <algorithm>
#include <array>
#include <memory>
#include <thread>

namespace kith::auth {

namespace {

constexpr std::size_t HashSize = 60;     // "$2b$10$", 22 characters of salt, 31 of hash
constexpr std::size_t PasswordSize = 72; // what bcrypt looks at
constexpr std::string_view NobodysSalt = "$2b$10$abcdefghijklmnopqrstuu";

bool isSaltCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '/';
}

/// The hash of a password by the salt and cost that `setting` begins with; empty: it isn't a bcrypt setting.
std::string bcrypt(const std::string &password, const std::string &setting)
{
    const auto work = std::make_unique<crypt_data>();
    const char *made = crypt_rn(password.c_str(), setting.c_str(), work.get(), sizeof(crypt_data));
    return made ? std::string(made) : std::string();
}

/// Hashes of all versions are computed alike, but the library takes precautions with "2a" that others don't.
std::string plainVersion(std::string hash)
{
    hash[2] = 'b';
    return hash;
}

} // namespace

/// A place among those that may work.
class Passwords::Turn
{
public:
    explicit Turn(Passwords &passwords) : m_passwords(passwords)
    {
        std::unique_lock lock(m_passwords.m_mutex);
        m_passwords.m_free.wait(lock, [&] { return m_passwords.m_turns > 0; });
        --m_passwords.m_turns;
    }
    ~Turn()
    {
        {
            const std::lock_guard lock(m_passwords.m_mutex);
            ++m_passwords.m_turns;
        }
        m_passwords.m_free.notify_one();
    }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

private:
    Passwords &m_passwords;
};

Passwords::Passwords() : m_turns(std::max(1U, std::thread::hardware_concurrency())) {}

int Passwords::costOf(const std::string &hash)
{
    if (hash.size() != HashSize || !hash.starts_with("$2") || hash[3] != '$' || hash[6] != '$')
        return 0;
    if (hash[2] != 'a' && hash[2] != 'b' && hash[2] != 'y')
        return 0;
    if (!std::all_of(hash.begin() + 7, hash.end(), isSaltCharacter) || hash[4] < '0' || hash[4] > '3' ||
        hash[5] < '0' || hash[5] > '9')
        return 0;
    const int cost = (hash[4] - '0') * 10 + (hash[5] - '0');
    return cost >= 4 && cost <= 31 ? cost : 0;
}

Result<std::string> Passwords::hash(const std::string &password)
{
    if (password.size() > PasswordSize)
        return rawError("bcrypt: password length exceeds 72 bytes");
    if (password.find('\0') != std::string::npos)
        return rawError("bcrypt: password contains a zero byte");
    const std::string random = store::randomBytes(16);
    std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
    if (!crypt_gensalt_rn("$2b$", Cost, random.data(), static_cast<int>(random.size()), setting.data(),
                          static_cast<int>(setting.size())))
        return rawError("bcrypt: no salt");
    const Turn turn(*this);
    std::string made = bcrypt(password, setting.data());
    if (costOf(made) == 0)
        return rawError("bcrypt: the system's library lacks it");
    return made;
}

bool Passwords::matches(const std::string &password, const std::string &hash)
{
    if (costOf(hash) == 0 || password.find('\0') != std::string::npos) {
        pretend(password);
        return false;
    }
    const std::string expected = plainVersion(hash);
    const Turn turn(*this);
    return store::equalSecrets(bcrypt(password, expected), expected);
}

void Passwords::pretend(const std::string &password)
{
    const Turn turn(*this);
    bcrypt(password, std::string(NobodysSalt));
}

} // namespace kith::auth
