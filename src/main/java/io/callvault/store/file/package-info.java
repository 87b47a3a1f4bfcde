// SPDX-License-Identifier: Apache-2.0
/**
 * The target {@code file}: a directory on a disk of this machine or on a mounted share.
 *
 * <p>An object appears under its final name by {@code link()}, which the system refuses when the name is taken: so no two
 * processes can overwrite each other, and no half of a file is ever seen. Files being made are called
 * {@code .callvault-<random>.part}, lie in the directory of the final name, and are locked while somebody writes them;
 * one that nobody has locked is the rest of a crash, removed when a process first puts into that directory. A file system
 * without links is served by rename under the lock of {@code .callvault-lock} in the target's directory.
 *
 * <p>The directory itself is created when its parent exists. An empty mount point cannot be told from an empty target: to
 * be safe, make the mount point unwritable for whoever runs Callvault ({@code chattr +i} before mounting). A directory
 * that is replaced while Callvault runs, as by an unmount, is noticed before anything new is created in it.
 */
package io.callvault.store.file;
