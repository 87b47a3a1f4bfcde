// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import java.net.URI;
import java.time.Duration;

/**
 * What an operator says about a Dropbox target.
 *
 * @param target its name, for messages
 * @param appKey the app's
 * @param appSecret the app's
 * @param refreshToken of the user or team that let the app in
 * @param root folder in which everything goes: empty, or begins with a slash and does not end with one
 * @param namespace id of the namespace that paths start in; null: the user's own
 * @param member id of the team's member to act as; null unless the token is a team's
 * @param chunk how much of a long file goes in one request, bytes; a multiple of {@link ContentHash#BLOCK}
 * @param server where to go in place of Dropbox; null: Dropbox
 * @param timeout longest wait for an answer
 */
record DropboxSettings(
        String target,
        String appKey,
        String appSecret,
        String refreshToken,
        String root,
        String namespace,
        String member,
        long chunk,
        URI server,
        Duration timeout) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "DropboxSettings[" + target + ", " + root + "]";
    }
}
