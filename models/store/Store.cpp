// SPDX-License-Identifier: Apache-2.0
#include "store/Store.h"

#include "store/Database.h"
#include "store/ReaderPool.h"
#include "store/Schema.h"
#include "store/Writer.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace kith::store {

namespace fs = std::filesystem;

class Store::Private
{
public:
    Private(OpenOptions given, FileState state)
        : options(std::move(given))
        , clock(options.clock ? options.clock : &systemClock)
        , lock(options.file, options.program)
        , readers(options.file, state)
    {}

    /// The writing thread is started when it is first needed: a store may only be read for its whole life.
    Result<Writer *> startedWriter();
    void lookAsReader();

    OpenOptions options;
    SystemClock systemClock;
    const Clock *clock;
    bool fileWritable = false;
    WriterLock lock;
    ReaderPool readers;
    std::mutex mutex; // of what follows
    std::function<void(const ChangeSet &)> listener;
    std::unique_ptr<Writer> writer;
    std::unique_ptr<Session> watch; ///< For a store that only reads: sees what others write.
    std::int64_t watchedVersion = 0;
};

Result<Writer *> Store::Private::startedWriter()
{
    const std::lock_guard guard(mutex);
    if (options.access == Access::ReadOnly || !fileWritable)
        return Error{ErrorCode::ReadOnly, 500, "this core is open for reading only", options.file.string()};
    if (!writer) {
        try {
            auto session = std::make_unique<WriteSession>(connectWriter(options));
            writer = std::make_unique<Writer>(std::move(session), options.file, *clock, lock);
            writer->setListener(listener);
        } catch (const std::exception &exception) {
            return toError(exception, options.file);
        }
    }
    return writer.get();
}

void Store::Private::lookAsReader()
{
    const std::lock_guard guard(mutex);
    try {
        const bool first = !watch;
        if (first)
            watch = std::make_unique<Session>(
                connectReader(options.file, fileWritable ? FileState::Writable : FileState::Readable));
        const auto version = watch->integer("PRAGMA data_version").value_or(0);
        if (!first && version != watchedVersion && listener) {
            ChangeSet all;
            all.everything = true;
            listener(all);
        }
        watchedVersion = version;
    } catch (const std::exception &) {
        watch.reset(); // whoever reads next is told what is wrong with the file
    }
}

Store::Store(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

Store::~Store() = default;

namespace {

/// Creates the file or brings it to this program's schema. The caller holds the writer's place.
Result<void> prepare(const OpenOptions &options)
{
    try {
        WriteSession session(connectWriter(options));
        session.now = options.clock ? options.clock->now() : SystemClock().now();
        migrate(session, options.file, migrations());
        return {};
    } catch (const std::exception &exception) {
        return toError(exception, options.file);
    }
}

/// Makes the folder and an empty file, both for their owner alone: identities are nobody else's business.
Result<void> createEmpty(const fs::path &file)
{
    std::error_code failure;
    const fs::path folder = file.parent_path();
    if (!folder.empty() && fs::create_directories(folder, failure))
        fs::permissions(folder, fs::perms::owner_all, failure);
    if (failure)
        return Error{ErrorCode::ReadOnly, 500, "the folder can't be made: " + failure.message(), folder.string()};
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        const std::error_code reason(errno, std::generic_category());
        return Error{reason == std::errc::no_space_on_device ? ErrorCode::DiskFull : ErrorCode::ReadOnly,
                     reason == std::errc::no_space_on_device ? 507 : 500,
                     "the core file can't be made: " + reason.message(), file.string()};
    }
    ::close(descriptor);
    return {};
}

} // namespace

Result<std::unique_ptr<Store>> Store::open(OpenOptions options)
{
    const auto state = inspect(options.file);
    if (!state)
        return state.error();
    if (*state == FileState::Absent) {
        if (options.access == Access::ReadOnly)
            return Error{ErrorCode::NotFound, 404, "there is no core here yet", options.file.string()};
        if (auto made = createEmpty(options.file); !made)
            return made.error();
    }
    const bool fileWritable = *state != FileState::Readable;
    auto d = std::make_unique<Private>(std::move(options), fileWritable ? FileState::Writable : FileState::Readable);
    d->fileWritable = fileWritable;
    if (d->options.access == Access::ReadWrite && fileWritable && d->lock.take())
        if (auto prepared = prepare(d->options); !prepared)
            return prepared.error();
    std::unique_ptr<Store> store(new Store(std::move(d)));
    // One look tells whether the file can be read at all, and whether its schema is ours (someone else may hold it).
    const auto looked = store->read([&store](Session &session) -> Result<void> {
        if (session.integer("PRAGMA user_version").value_or(0) == SchemaVersion)
            return {};
        const std::string other = store->otherWriter();
        if (!other.empty())
            return Error{ErrorCode::WriterTaken, 423, "this core is being prepared by " + other, other};
        return Error{ErrorCode::ReadOnly, 500,
                     "this core has an older schema, and can't be brought up to date because it can't be written",
                     store->file().string()};
    });
    if (!looked)
        return looked.error();
    return store;
}

Result<void> Store::readErased(const std::function<void(Session &)> &function)
{
    try {
        m_d->readers.read(function);
        return {};
    } catch (const std::exception &exception) {
        return toError(exception, m_d->options.file);
    }
}

Result<void> Store::writeErased(const std::function<bool(WriteSession &)> &function)
{
    const auto writer = m_d->startedWriter();
    if (!writer)
        return writer.error();
    return (*writer)->write(function);
}

void Store::writeLater(std::function<bool(WriteSession &)> function, std::function<void(Result<void>)> done)
{
    if (const auto writer = m_d->startedWriter())
        (*writer)->writeLater(std::move(function), std::move(done));
    else
        done(writer.error());
}

void Store::onCommit(std::function<void(const ChangeSet &)> listener)
{
    const std::lock_guard guard(m_d->mutex);
    m_d->listener = std::move(listener);
    if (m_d->writer)
        m_d->writer->setListener(m_d->listener);
}

void Store::noticeOthers()
{
    if (const auto writer = m_d->startedWriter())
        (*writer)->noticeOthers();
    else
        m_d->lookAsReader();
}

bool Store::canWrite() const
{
    return m_d->options.access == Access::ReadWrite && m_d->fileWritable && m_d->lock.take();
}

std::string Store::otherWriter() const
{
    return m_d->lock.other();
}

const fs::path &Store::file() const
{
    return m_d->options.file;
}

const Clock &Store::clock() const
{
    return *m_d->clock;
}

} // namespace kith::store
