// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import com.dropbox.core.DbxDownloader;
import com.dropbox.core.DbxException;
import com.dropbox.core.DbxRequestConfig;
import com.dropbox.core.InvalidAccessTokenException;
import com.dropbox.core.oauth.DbxCredential;
import com.dropbox.core.v2.DbxClientV2;
import com.dropbox.core.v2.DbxTeamClientV2;
import com.dropbox.core.v2.common.PathRoot;
import com.dropbox.core.v2.files.CommitInfo;
import com.dropbox.core.v2.files.DbxUserFilesRequests;
import com.dropbox.core.v2.files.FileMetadata;
import com.dropbox.core.v2.files.ListFolderResult;
import com.dropbox.core.v2.files.Metadata;
import com.dropbox.core.v2.files.WriteMode;
import io.callvault.model.Receipt;
import io.callvault.store.Failures;
import io.callvault.store.FileSlice;
import io.callvault.store.Incoming;
import io.callvault.store.ObjectPath;
import io.callvault.store.Outgoing;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import io.callvault.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.function.Consumer;

/** A Dropbox folder as a target; the package says how. */
final class DropboxStore implements Store {

    /** Longer files go in a session; bytes. */
    static final long SESSION_ABOVE = 8L << 20;

    private final DropboxSettings settings;
    private final DbxCredential credential;
    private final DbxClientV2 client;
    private final DropboxErrors errors;
    private final Failures failures;

    private DropboxStore(DropboxSettings settings, DbxCredential credential, DbxClientV2 client) {
        this.settings = settings;
        this.credential = credential;
        this.client = client;
        this.errors = new DropboxErrors(settings);
        this.failures = errors.failures();
    }

    static DropboxStore open(DropboxSettings settings) {
        DbxRequestConfig config = DbxRequestConfig.newBuilder("callvault")
                .withHttpRequestor(new Requests(settings.server(), settings.timeout()))
                .build();
        // Never valid, so that the first call asks for a token.
        DbxCredential credential =
                new DbxCredential("none", 0L, settings.refreshToken(), settings.appKey(), settings.appSecret());
        DbxClientV2 user = settings.member() == null
                ? new DbxClientV2(config, credential)
                : new DbxTeamClientV2(config, credential).asMember(settings.member());
        DbxClientV2 client = settings.namespace() == null
                ? user
                : user.withPathRoot(PathRoot.namespaceId(settings.namespace()));
        return new DropboxStore(settings, credential, client);
    }

    @Override
    public Receipt put(StorePut put) {
        String tried = "put " + put.described();
        ObjectPath.require(tried, put.path(), ObjectPath.problem(put.path()));
        ContentHash hash = new ContentHash();
        String problem = Outgoing.problem(put, hash);
        if (problem != null) {
            throw failures.notProved(tried, problem + ": nothing was stored", null);
        }
        return asked(tried, files -> {
            boolean isLong = put.length() > SESSION_ABOVE;
            if (isLong) { // a repeat then sends no bytes
                Optional<Metadata> there = metadata(files, put.path());
                if (there.isPresent()) {
                    return existing(put, there.get(), hash, tried);
                }
            }
            try {
                FileMetadata stored = isLong ? inSession(files, put, hash) : inOne(files, put, hash);
                return proved(put, stored, hash, tried);
            } catch (DbxException e) {
                if (!DropboxErrors.isTaken(e)) {
                    throw e;
                }
                Metadata there = metadata(files, put.path()).orElseThrow(() -> errors.translate(e, tried));
                return existing(put, there, hash, tried);
            }
        });
    }

    private FileMetadata inOne(DbxUserFilesRequests files, StorePut put, ContentHash hash) throws DbxException {
        try (InputStream file = new FileSlice(put.file(), 0, put.length()).open()) {
            return files.uploadBuilder(place(put.path()))
                    .withMode(WriteMode.ADD)
                    .withAutorename(false)
                    .withStrictConflict(true)
                    .withMute(true)
                    .withContentHash(hash.whole())
                    .uploadAndFinish(file);
        } catch (IOException e) { // the SDK's word for what it is given to read
            throw new UncheckedIOException("cannot read " + put.file() + ": " + e.getMessage(), e);
        }
    }

    private FileMetadata inSession(DbxUserFilesRequests files, StorePut put, ContentHash hash) throws DbxException {
        return new SessionUpload(files, put, hash, settings.chunk())
                .upload(CommitInfo.newBuilder(place(put.path()))
                        .withMode(WriteMode.ADD)
                        .withAutorename(false)
                        .withStrictConflict(true)
                        .withMute(true)
                        .build());
    }

    private Receipt proved(StorePut put, FileMetadata stored, ContentHash hash, String tried) {
        if (stored.getSize() != put.length() || !hash.whole().equals(stored.getContentHash())) {
            throw failures.notProved(tried, "Dropbox says that it holds " + stored.getSize() + " bytes with content_hash "
                    + stored.getContentHash() + " instead of " + hash.whole() + ": what lies there is damaged, and must be"
                    + " moved away before it can be stored again", null);
        }
        return receipt(put, stored);
    }

    /** What to say when the name is taken: the same bytes are a success, unless they lie there under another name. */
    private Receipt existing(StorePut put, Metadata there, ContentHash hash, String tried) {
        if (!(there instanceof FileMetadata file)) {
            throw failures.conflict(tried, "a folder lies there");
        }
        if (!isCalled(file, put.path())) {
            throw failures.conflict(tried, "Dropbox holds it to be the same name as " + file.getPathDisplay());
        }
        if (file.getSize() != put.length() || !hash.whole().equals(file.getContentHash())) {
            throw failures.conflict(tried, "another file of " + file.getSize() + " bytes with content_hash "
                    + file.getContentHash() + " lies there");
        }
        return receipt(put, file);
    }

    private Receipt receipt(StorePut put, FileMetadata file) {
        return new Receipt(place(put.path()), put.length(), put.sha256(), checksum(file));
    }

    private static String checksum(FileMetadata file) {
        return file.getContentHash() == null ? null : "dropbox-content-hash:" + file.getContentHash();
    }

    @Override
    public Optional<StoredObject> stat(String path) {
        String tried = "look for " + path;
        ObjectPath.require(tried, path, ObjectPath.problem(path));
        return asked(tried, files -> file(files, path)
                .map(found -> new StoredObject(path, found.getSize(), checksum(found))));
    }

    @Override
    public long get(String path, long offset, long length, Path into) {
        String tried = "read " + path;
        ObjectPath.require(tried, path, ObjectPath.problem(path));
        return asked(tried, files -> {
            FileMetadata file = file(files, path).orElseThrow(() -> failures.missing(path));
            long wanted = Math.min(length < 0 ? Long.MAX_VALUE : length, file.getSize() - offset);
            if (wanted <= 0) {
                return Incoming.nothing(into);
            }
            boolean isWhole = wanted == file.getSize();
            var request = files.downloadBuilder(place(path));
            if (!isWhole) {
                request.range(offset, wanted);
            }
            try (DbxDownloader<FileMetadata> download = request.start()) {
                long written = Incoming.write(download.getInputStream(), 0, wanted, into);
                if (written < wanted) {
                    throw new IOException("it ended after " + written + " of " + wanted + " bytes");
                }
                return written;
            }
        });
    }

    @Override
    public boolean lists() {
        return true;
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        String tried = "list \"" + prefix + "\"";
        ObjectPath.require(tried, prefix, ObjectPath.prefixProblem(prefix));
        int slash = prefix.lastIndexOf('/');
        String folder = slash < 0 ? settings.root() : place(prefix.substring(0, slash));
        asked(tried, files -> {
            ListFolderResult page;
            try {
                page = files.listFolderBuilder(folder).withRecursive(true).start();
            } catch (DbxException e) {
                if (DropboxErrors.isMissing(e)) {
                    return null;
                }
                throw e;
            }
            while (true) {
                page.getEntries().forEach(entry -> tell(entry, prefix, each));
                if (!page.getHasMore()) {
                    return null;
                }
                page = files.listFolderContinue(page.getCursor());
            }
        });
    }

    private void tell(Metadata entry, String prefix, Consumer<StoredObject> each) {
        if (entry instanceof FileMetadata file) {
            String path = file.getPathDisplay().substring(settings.root().length() + 1);
            if (path.startsWith(prefix)) {
                each.accept(new StoredObject(path, file.getSize(), checksum(file)));
            }
        }
    }

    /** The file of that very name; Dropbox itself does not tell the case of letters apart. */
    private Optional<FileMetadata> file(DbxUserFilesRequests files, String path) throws DbxException {
        return metadata(files, path)
                .filter(FileMetadata.class::isInstance)
                .map(FileMetadata.class::cast)
                .filter(file -> isCalled(file, path));
    }

    private Optional<Metadata> metadata(DbxUserFilesRequests files, String path) throws DbxException {
        try {
            return Optional.of(files.getMetadata(place(path)));
        } catch (DbxException e) {
            if (DropboxErrors.isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isCalled(FileMetadata file, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .equals(Normalizer.normalize(file.getName(), Normalizer.Form.NFC));
    }

    private String place(String path) {
        return settings.root() + "/" + path;
    }

    private interface Request<T> {
        T make(DbxUserFilesRequests files) throws DbxException, IOException;
    }

    /** Asks, with a new access token if need be: once, because a token may run out at any moment. */
    private <T> T asked(String tried, Request<T> request) {
        try {
            String token = token();
            try {
                return request.make(client.files());
            } catch (InvalidAccessTokenException expired) {
                renew(token);
                return request.make(client.files());
            }
        } catch (DbxException e) {
            throw errors.translate(e, tried);
        } catch (UncheckedIOException disk) {
            throw disk;
        } catch (IOException e) {
            throw failures.unreachable(
                    tried, "its answer was cut (" + failures.said(e.getMessage()) + "): it is tried again", e);
        }
    }

    private synchronized String token() throws DbxException {
        if (credential.aboutToExpire()) {
            client.refreshAccessToken();
        }
        return credential.getAccessToken();
    }

    /** Several threads may find the same token refused; one of them gets the next. */
    private synchronized void renew(String refused) throws DbxException {
        if (credential.getAccessToken().equals(refused)) {
            client.refreshAccessToken();
        }
    }
}
