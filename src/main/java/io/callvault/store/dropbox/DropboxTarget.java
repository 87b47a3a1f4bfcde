// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import io.callvault.model.Units;
import io.callvault.store.ObjectPath;
import io.callvault.store.Store;
import io.callvault.store.StoreStep;
import java.net.URI;
import java.time.Duration;

/** The step of {@code store-dropbox.kamelet.yaml}, which describes the properties. */
public final class DropboxTarget extends StoreStep {

    private static final long MOST_CHUNK = 148L << 20; // bytes; one request takes 150 MB at most ("upload_session/append")

    private String target = "dropbox";
    private String appKey;
    private String appSecret;
    private String refreshToken;
    private String root = "";
    private String namespace;
    private String member;
    private long chunk = 48L << 20;
    private URI server;
    private Duration timeout = Duration.ofSeconds(60);

    public void setTarget(String target) {
        this.target = target;
    }

    public void setAppKey(String appKey) {
        this.appKey = needed("app-key", appKey);
    }

    public void setAppSecret(String appSecret) {
        this.appSecret = needed("app-secret", appSecret);
    }

    public void setRefreshToken(String refreshToken) {
        this.refreshToken = needed("refresh-token", refreshToken);
    }

    public void setRoot(String root) {
        String bare = root.strip().replaceAll("^/+|/+$", "");
        String problem = ObjectPath.prefixProblem(bare);
        if (problem != null) {
            throw new IllegalArgumentException("root = " + root + " " + problem);
        }
        this.root = bare.isEmpty() ? "" : "/" + bare;
    }

    public void setNamespace(String namespace) {
        this.namespace = namespace.isBlank() ? null : namespace.strip();
    }

    public void setMember(String member) {
        this.member = member.isBlank() ? null : member.strip();
    }

    public void setChunkSize(String chunkSize) {
        try {
            this.chunk = Units.size(chunkSize);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("chunk-size = " + chunkSize + " is no size such as 16MB", e);
        }
        if (chunk == 0 || chunk % ContentHash.BLOCK != 0 || chunk > MOST_CHUNK) {
            throw new IllegalArgumentException("chunk-size = " + chunkSize + " is no multiple of 4MB from 4MB to 148MB");
        }
    }

    public void setServer(String server) {
        this.server = server.isBlank() ? null : URI.create(server.strip());
    }

    public void setTimeout(String timeout) {
        try {
            this.timeout = Units.duration(timeout);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("timeout = " + timeout + " is no duration such as 60s or 2m", e);
        }
    }

    @Override
    protected Store open() {
        return DropboxStore.open(new DropboxSettings(
                target, appKey, appSecret, refreshToken, root, namespace, member, chunk, server, timeout));
    }

    private static String needed(String name, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " is empty: the app in Dropbox's App Console has one");
        }
        return text.strip();
    }
}
