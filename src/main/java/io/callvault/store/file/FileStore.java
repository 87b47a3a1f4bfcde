// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.TryAgainException;
import io.callvault.model.Receipt;
import io.callvault.store.ObjectPath;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import io.callvault.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Consumer;

/** A directory as a target; the package says how. */
final class FileStore implements Store {

    private final FileSettings settings;
    private final Disk disk;
    private final FileErrors errors;
    private final Dress dress;
    private final DirectorySync sync;
    private final Directories directories;
    private final Publisher publisher;
    private volatile boolean spoolLinks = true; // false once the spool turned out to lie on another file system

    FileStore(FileSettings settings, Disk disk) {
        this.settings = settings;
        this.disk = disk;
        this.errors = new FileErrors(settings);
        this.dress = new Dress(settings);
        this.sync = new DirectorySync(disk);
        this.directories = new Directories(settings.directory(), dress, sync);
        this.publisher = new Publisher(settings.directory(), disk);
    }

    @Override
    public Receipt put(StorePut put) {
        String problem = ObjectPath.problem(put.path());
        if (problem != null) {
            ObjectPath.require(tried(put), put.path(), problem);
        }
        Path place = directories.place(put.path());
        try {
            try {
                return put(put, place);
            } catch (NoSuchFileException goneMeanwhile) { // somebody removed a directory we knew
                directories.forget();
                return put(put, place);
            }
        } catch (IOException e) {
            throw errors.translate(e, tried(put), put.length());
        }
    }

    private Receipt put(StorePut put, Path place) throws IOException {
        Path directory = place.getParent();
        if (directories.prepare(directory)) {
            PartFile.sweep(directory);
        }
        try {
            if (put.mayShare() && spoolLinks) {
                if (share(put, place)) {
                    keepName(put, directory);
                    return receipt(put, place, "linked:" + put.length());
                }
            } else {
                requireLength(put, length(put.file()));
            }
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                return existing(put, place);
            }
            copy(put, place);
            keepName(put, directory);
            return receipt(put, place, "read-back:" + put.sha256());
        } catch (FileAlreadyExistsException taken) {
            return existing(put, place);
        }
    }

    /** One that is followed has its name kept by the next one's sync of the directory. */
    private void keepName(StorePut put, Path directory) throws IOException {
        if (!put.isFollowed()) {
            sync.sync(directory);
        }
    }

    /** Gives the spool's own file the final name; false when the spool lies on another file system, or links fail here. */
    private boolean share(StorePut put, Path place) throws IOException {
        Path file = put.file();
        long length;
        try {
            dress.file(file);
            length = disk.sync(file);
        } catch (IOException e) {
            length(file); // if it cannot be read, that is what to say
            throw e;
        }
        requireLength(put, length);
        try {
            disk.link(place, file);
            return true;
        } catch (FileAlreadyExistsException | NoSuchFileException meant) {
            throw meant;
        } catch (IOException | UnsupportedOperationException refused) {
            // Whatever it was, the copy that follows either works or says it again.
            spoolLinks = !areApart(file, place.getParent());
            return false;
        }
    }

    /** False also where nobody can tell: then a link is tried each time. */
    private boolean areApart(Path file, Path directory) {
        try {
            return disk.areApart(file, directory);
        } catch (IOException unknown) {
            return false;
        }
    }

    private void copy(StorePut put, Path place) throws IOException {
        try (PartFile part = PartFile.in(place.getParent())) {
            long length = part.fill(put.file());
            dress.file(part.path());
            part.sync();
            String sha256 = part.sha256();
            if (length != put.length() || !sha256.equals(put.sha256())) {
                throw notProved(put, "what was written reads back as " + length + " bytes with SHA-256 " + sha256
                        + ", not " + put.sha256());
            }
            part.finish();
            publisher.publish(part.path(), place);
        }
    }

    /** What to say when the name is taken: the same bytes are a success, once they surely survive a power cut. */
    private Receipt existing(StorePut put, Path place) throws IOException {
        BasicFileAttributes found =
                Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            throw conflict(put, "something lies there that is no file");
        }
        if (found.size() != put.length()) {
            throw conflict(put, "another file of " + found.size() + " bytes lies there");
        }
        try (FileChannel channel =
                FileChannel.open(place, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            String sha256 = PartFile.sha256(channel);
            if (!sha256.equals(put.sha256())) {
                throw conflict(put, "another file of the same length lies there, with SHA-256 " + sha256
                        + " instead of " + put.sha256());
            }
            channel.force(true);
        }
        sync.sync(place.getParent());
        return receipt(put, place, "read-back:" + put.sha256());
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void requireLength(StorePut put, long length) {
        if (length != put.length()) {
            throw notProved(put, "the file to be put, " + put.file() + ", has " + length + " bytes");
        }
    }

    /** For messages. */
    private static String tried(StorePut put) {
        return "put " + put.described();
    }

    private static Receipt receipt(StorePut put, Path place, String checksum) {
        return new Receipt(place.toString(), put.length(), put.sha256(), checksum);
    }

    private TryAgainException notProved(StorePut put, String why) {
        return new TryAgainException(
                ErrorCode.STORE_NOT_PROVED,
                errors.sentence(tried(put), why + ": nothing was stored, and it is tried again; if it stays so, check the disk"));
    }

    private SkipRecordException conflict(StorePut put, String why) {
        return new SkipRecordException(
                ErrorCode.STORE_CONFLICT,
                errors.sentence(tried(put), why + ": nothing was changed; find out who else writes to this directory"));
    }

    @Override
    public Optional<StoredObject> stat(String path) {
        String tried = "look for " + path;
        ObjectPath.require(tried, path, ObjectPath.problem(path));
        Path place = directories.place(path);
        try {
            if (!directories.reaches(place)) {
                return Optional.empty();
            }
            BasicFileAttributes found =
                    Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile()
                    ? Optional.of(new StoredObject(path, found.size(), null))
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw errors.translate(e, tried, 0);
        }
    }

    @Override
    public long get(String path, long offset, long length, Path into) {
        if (stat(path).isEmpty()) {
            throw missing(path);
        }
        try (FileChannel source = FileChannel.open(
                directories.place(path), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return FileRange.copy(source, offset, length, into);
        } catch (NoSuchFileException none) {
            throw missing(path);
        } catch (IOException e) {
            throw errors.translate(e, "read " + path, 0);
        }
    }

    private SkipRecordException missing(String path) {
        return new SkipRecordException(
                ErrorCode.STORE_OBJECT_MISSING,
                errors.sentence("read " + path, "no file lies there: find out who removed it"));
    }

    @Override
    public boolean lists() {
        return true;
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        String tried = "list \"" + prefix + "\"";
        ObjectPath.require(tried, prefix, ObjectPath.prefixProblem(prefix));
        Path begin = directories.place(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        try {
            if (directories.reaches(begin.resolve("any"))) {
                Files.walkFileTree(begin, new ObjectWalk(settings.directory(), prefix, each));
            }
        } catch (IOException e) {
            throw errors.translate(e, tried, 0);
        }
    }
}
