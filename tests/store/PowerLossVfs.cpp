// SPDX-License-Identifier: Apache-2.0
#include "store/PowerLossVfs.h"

#include <cstring>
#include <new>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace kith::test {

namespace {

/// What SQLite opens: our methods, then the real file right behind (SQLite gives us one block for both).
struct File {
    sqlite3_file base;
    PowerLossVfs *vfs;
    const char *name; ///< SQLite's own; null for a temporary file.

    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

File *of(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file);
}

int closeFile(sqlite3_file *file)
{
    return of(file)->real()->pMethods->xClose(of(file)->real());
}
int readFile(sqlite3_file *file, void *to, int length, sqlite3_int64 offset)
{
    return of(file)->real()->pMethods->xRead(of(file)->real(), to, length, offset);
}
int writeFile(sqlite3_file *file, const void *from, int length, sqlite3_int64 offset)
{
    File *self = of(file);
    if (self->vfs->isCut())
        return SQLITE_IOERR_WRITE;
    if (self->name)
        self->vfs->noteOverwritten(self->name, self->real(), offset, length);
    return self->real()->pMethods->xWrite(self->real(), from, length, offset);
}
int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    File *self = of(file);
    if (self->vfs->isCut())
        return SQLITE_IOERR_TRUNCATE;
    sqlite3_int64 before = 0;
    self->real()->pMethods->xFileSize(self->real(), &before);
    if (self->name && before > size)
        self->vfs->noteOverwritten(self->name, self->real(), size, static_cast<int>(before - size));
    return self->real()->pMethods->xTruncate(self->real(), size);
}
int syncFile(sqlite3_file *file, int)
{
    File *self = of(file);
    if (self->vfs->isCut())
        return SQLITE_IOERR_FSYNC;
    if (self->name)
        self->vfs->noteSynced(self->name);
    return SQLITE_OK;
}
int fileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    return of(file)->real()->pMethods->xFileSize(of(file)->real(), size);
}
int lockFile(sqlite3_file *file, int lock)
{
    return of(file)->real()->pMethods->xLock(of(file)->real(), lock);
}
int unlockFile(sqlite3_file *file, int lock)
{
    return of(file)->real()->pMethods->xUnlock(of(file)->real(), lock);
}
int checkReserved(sqlite3_file *file, int *result)
{
    return of(file)->real()->pMethods->xCheckReservedLock(of(file)->real(), result);
}
int control(sqlite3_file *file, int operation, void *argument)
{
    return of(file)->real()->pMethods->xFileControl(of(file)->real(), operation, argument);
}
int sectorSize(sqlite3_file *file)
{
    return of(file)->real()->pMethods->xSectorSize(of(file)->real());
}
int characteristics(sqlite3_file *file)
{
    return of(file)->real()->pMethods->xDeviceCharacteristics(of(file)->real());
}
int mapShared(sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
    return of(file)->real()->pMethods->xShmMap(of(file)->real(), region, size, extend, memory);
}
int lockShared(sqlite3_file *file, int offset, int count, int flags)
{
    return of(file)->real()->pMethods->xShmLock(of(file)->real(), offset, count, flags);
}
void barrier(sqlite3_file *file)
{
    of(file)->real()->pMethods->xShmBarrier(of(file)->real());
}
int unmapShared(sqlite3_file *file, int remove)
{
    return of(file)->real()->pMethods->xShmUnmap(of(file)->real(), remove);
}

constexpr sqlite3_io_methods fileMethods{2,        closeFile,   readFile,        writeFile,  truncateFile,
                                         syncFile, fileSize,    lockFile,        unlockFile, checkReserved,
                                         control,  sectorSize,  characteristics, mapShared,  lockShared,
                                         barrier,  unmapShared, nullptr,         nullptr};

int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    auto *self = static_cast<PowerLossVfs *>(vfs->pAppData);
    auto *opened = new (file) File{{nullptr}, self, name};
    const int result = self->base()->xOpen(self->base(), name, opened->real(), flags, outFlags);
    opened->base.pMethods = opened->real()->pMethods ? &fileMethods : nullptr;
    return result;
}

int deleteFile(sqlite3_vfs *vfs, const char *name, int syncFolder)
{
    auto *self = static_cast<PowerLossVfs *>(vfs->pAppData);
    return self->isCut() ? SQLITE_IOERR_DELETE : self->base()->xDelete(self->base(), name, syncFolder);
}

} // namespace

PowerLossVfs::PowerLossVfs() : m_base(sqlite3_vfs_find(nullptr)), m_vfs(*m_base)
{
    m_vfs.zName = "powerloss";
    m_vfs.pNext = nullptr;
    m_vfs.pAppData = this;
    m_vfs.szOsFile = static_cast<int>(sizeof(File)) + m_base->szOsFile;
    m_vfs.xOpen = openFile;
    m_vfs.xDelete = deleteFile;
    if (sqlite3_vfs_register(&m_vfs, 1) != SQLITE_OK)
        throw std::runtime_error("the file system can't be registered");
}

PowerLossVfs::~PowerLossVfs()
{
    sqlite3_vfs_unregister(&m_vfs);
    sqlite3_vfs_register(m_base, 1);
}

void PowerLossVfs::noteOverwritten(const std::string &file, sqlite3_file *real, sqlite3_int64 offset, int length)
{
    Overwritten old{offset, {}, 0};
    real->pMethods->xFileSize(real, &old.size);
    const sqlite3_int64 there = std::min<sqlite3_int64>(length, old.size - offset);
    if (there > 0) {
        old.bytes.resize(static_cast<std::size_t>(there));
        real->pMethods->xRead(real, old.bytes.data(), static_cast<int>(there), offset);
    }
    const std::lock_guard lock(m_mutex);
    m_unsynced[file].push_back(std::move(old));
}

void PowerLossVfs::noteSynced(const std::string &file)
{
    const std::lock_guard lock(m_mutex);
    m_unsynced.erase(file);
}

void PowerLossVfs::forgetUnsynced()
{
    const std::lock_guard lock(m_mutex);
    for (auto &[file, writes] : m_unsynced) {
        const int descriptor = open(file.c_str(), O_RDWR | O_CLOEXEC);
        if (descriptor < 0)
            continue; // deleted since
        for (auto old = writes.rbegin(); old != writes.rend(); ++old)
            if (ftruncate(descriptor, old->size) != 0 ||
                pwrite(descriptor, old->bytes.data(), old->bytes.size(), old->offset) < 0)
                throw std::runtime_error("what was not synced can't be undone in " + file);
        close(descriptor);
    }
    m_unsynced.clear();
}

} // namespace kith::test
