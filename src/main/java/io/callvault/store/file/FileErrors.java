// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Locale;

/**
 * What a file system's refusal means. The class of the exception decides where there is one; the system's words where
 * they are English; else the state of the file system, because those words come in the language of the machine.
 */
final class FileErrors {

    private final FileSettings settings;

    FileErrors(FileSettings settings) {
        this.settings = settings;
    }

    /**
     * @param tried what was tried, for the sentence: {@code put acme/x.mp3 (12 bytes)}
     * @param needed how many bytes had to fit; 0 when nothing was to be written
     */
    ArchiveException translate(IOException e, String tried, long needed) {
        String says = words(e);
        if (e instanceof Directories.ReplacedException) {
            return unreachable(tried, "it is not the directory that was there before, as after an unmount: mount it"
                    + " again; if that was done, restart Callvault", e);
        }
        if (e instanceof Directories.OutsideException) {
            return denied(tried, e.getMessage() + " is a symbolic link that leads out of it: remove the link", e);
        }
        if (e instanceof UserPrincipalNotFoundException unknown) {
            return denied(tried, "this machine knows no user or group \"" + unknown.getName()
                    + "\": correct the target's owner or group", e);
        }
        if (e instanceof ClosedByInterruptException) {
            return unreachable(tried, "Callvault is stopping: it is done at the next start", e);
        }
        if (isFull(says, needed)) {
            return new StopCustomerException(
                    ErrorCode.STORE_FULL,
                    sentence(tried, "no space is left (" + says + "): free some, or raise the quota"),
                    e);
        }
        String permanent = permanent(e, says);
        return permanent == null
                ? unreachable(tried, "the file system says \"" + says + "\": it is tried again; if it stays so, check"
                        + " the disk or the mount", e)
                : denied(tried, permanent, e);
    }

    private String permanent(IOException e, String says) {
        Path directory = settings.directory();
        String user = System.getProperty("user.name");
        if (e instanceof AccessDeniedException) {
            return says + " refused access: let the user " + user + " read and write there";
        }
        if (has(says, "read-only") || isReadOnly()) {
            return "its file system is read-only: mount it writable";
        }
        if (has(says, "not permitted")) {
            return says + ": run Callvault as a user who may, or leave the target's owner, group and mode empty";
        }
        if (e instanceof NotDirectoryException || has(says, "not a directory")) {
            return says + " is not a directory: put one there, or name another";
        }
        if (!Files.isDirectory(directory)) {
            return Files.exists(directory)
                    ? "it is not a directory: put one there, or name another"
                    : "it does not exist, nor does the directory above it: make it, or mount it";
        }
        return null;
    }

    private boolean isFull(String says, long needed) {
        if (has(says, "no space left") || has(says, "quota exceeded") || has(says, "not enough space")) {
            return true;
        }
        try {
            return needed > 0 && store().getUsableSpace() < needed;
        } catch (IOException unknown) {
            return false;
        }
    }

    private boolean isReadOnly() {
        try {
            return store().isReadOnly();
        } catch (IOException unknown) {
            return false;
        }
    }

    private FileStore store() throws IOException {
        return Files.getFileStore(settings.directory());
    }

    private static boolean has(String says, String english) {
        return says.toLowerCase(Locale.ROOT).contains(english);
    }

    private static String words(IOException e) {
        String text = e instanceof FileSystemException known && known.getReason() != null
                ? known.getFile() + ": " + known.getReason()
                : e.getMessage();
        return text == null ? e.getClass().getSimpleName() : text;
    }

    private TryAgainException unreachable(String tried, String why, IOException e) {
        return new TryAgainException(ErrorCode.STORE_UNREACHABLE, sentence(tried, why), e);
    }

    private StopCustomerException denied(String tried, String why, IOException e) {
        return new StopCustomerException(ErrorCode.STORE_DENIED, sentence(tried, why), e);
    }

    String sentence(String tried, String why) {
        return "Tried to " + tried + " on target " + settings.target() + " (directory " + settings.directory()
                + ") but " + why + ".";
    }
}
