// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import io.callvault.store.ObjectPath;
import io.callvault.store.StoredObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Reports the objects below a directory whose paths begin with a prefix. Symbolic links are no objects. */
final class ObjectWalk extends SimpleFileVisitor<Path> {

    private final Path root;
    private final String prefix;
    private final Consumer<StoredObject> each;

    ObjectWalk(Path root, String prefix, Consumer<StoredObject> each) {
        this.root = root;
        this.prefix = prefix;
        this.each = each;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        String path = path(directory);
        boolean mayHold = path.isEmpty() || prefix.startsWith(path + "/") || (path + "/").startsWith(prefix);
        return mayHold ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        boolean own = file.getFileName().toString().startsWith(ObjectPath.OWN_NAMES);
        String path = path(file);
        if (attributes.isRegularFile() && !own && path.startsWith(prefix)) {
            each.accept(new StoredObject(path, attributes.size(), null));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE; // removed meanwhile
        }
        throw failure;
    }

    private String path(Path file) {
        StringJoiner path = new StringJoiner("/");
        if (!file.equals(root)) {
            root.relativize(file).forEach(name -> path.add(name.toString()));
        }
        return path.toString();
    }
}
