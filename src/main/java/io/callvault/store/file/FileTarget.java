// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import io.callvault.store.Store;
import io.callvault.store.StoreStep;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The step of {@code store-file.kamelet.yaml}, which describes the properties. */
public final class FileTarget extends StoreStep {

    private String target = "file";
    private String directory = "";
    private Set<PosixFilePermission> mode;
    private Set<PosixFilePermission> directoryMode;
    private String owner;
    private String group;

    public void setTarget(String target) {
        this.target = target;
    }

    public void setDirectory(String directory) {
        if (directory.isBlank()) {
            throw new IllegalArgumentException("directory is empty: name one");
        }
        this.directory = directory.strip();
    }

    public void setMode(String mode) {
        this.mode = FileSettings.permissions("mode", mode);
    }

    public void setDirectoryMode(String directoryMode) {
        this.directoryMode = FileSettings.permissions("directory-mode", directoryMode);
    }

    public void setOwner(String owner) {
        this.owner = owner.isBlank() ? null : owner.strip();
    }

    public void setGroup(String group) {
        this.group = group.isBlank() ? null : group.strip();
    }

    @Override
    protected Store open() {
        Path root = Path.of(directory).toAbsolutePath().normalize();
        return new FileStore(new FileSettings(target, root, mode, directoryMode, owner, group), new Disk());
    }
}
