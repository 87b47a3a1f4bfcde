// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Set;

/** Gives what is made its mode, owner and group, before it gets its final name. */
final class Dress {

    private final FileSettings settings;
    private UserPrincipal owner;
    private GroupPrincipal group;
    private boolean known;

    Dress(FileSettings settings) {
        this.settings = settings;
    }

    void file(Path file) throws IOException {
        put(file, settings.mode());
    }

    /** Makes a directory; at no moment does it allow more than its mode says. */
    void createDirectory(Path directory) throws IOException {
        Set<PosixFilePermission> mode = settings.directoryMode();
        if (mode == null) {
            Files.createDirectory(directory);
        } else {
            try {
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(mode));
            } catch (UnsupportedOperationException noModes) {
                Files.createDirectory(directory);
            }
        }
        put(directory, mode);
    }

    private void put(Path path, Set<PosixFilePermission> mode) throws IOException {
        if (mode == null && settings.owner() == null && settings.group() == null) {
            return;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return; // a file system without modes and owners
        }
        lookUp(path);
        if (owner != null) {
            view.setOwner(owner);
        }
        if (group != null) {
            view.setGroup(group);
        }
        if (mode != null) {
            setMode(path, mode, view);
        }
    }

    private static void setMode(Path path, Set<PosixFilePermission> mode, PosixFileAttributeView view) throws IOException {
        try {
            // By path: the view that does not follow links cannot change modes on Linux.
            Files.setPosixFilePermissions(path, mode);
        } catch (IOException refused) {
            // Some shares refuse to change what is as it should be.
            if (!view.readAttributes().permissions().equals(mode)) {
                throw refused;
            }
        }
    }

    private synchronized void lookUp(Path path) throws IOException {
        if (known) {
            return;
        }
        UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
        if (settings.owner() != null) {
            owner = names.lookupPrincipalByName(settings.owner());
        }
        if (settings.group() != null) {
            group = names.lookupPrincipalByGroupName(settings.group());
        }
        known = true;
    }
}
