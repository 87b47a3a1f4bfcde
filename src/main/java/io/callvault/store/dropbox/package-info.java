// SPDX-License-Identifier: Apache-2.0
/**
 * The target {@code dropbox}: a folder in somebody's Dropbox or in a team's space.
 *
 * <p>The SDK that Camel's component brings is called by itself, because the component reports failures as success, reads
 * the file into memory and knows no upload sessions. Files above 8 MB go in a session, chunk by chunk from the file; a
 * chunk whose answer was lost is not sent twice, because the session says where it stands. Every put adds and never
 * replaces ({@code mode: add}, {@code strict_conflict}); a conflict is settled by Dropbox's own {@code content_hash},
 * which also proves what was put. All other repetition is the caller's: the SDK's own is switched off, and a failure says
 * for how long Dropbox wants to be left alone.
 *
 * <p>Dropbox does not tell the case of letters apart: of two names that differ only so, the second is refused.
 *
 * <p>Facts about the protocol are from Dropbox's HTTP documentation, "Content hash", "Error handling guide", "Path
 * formats" and "Team files guide", read 2026-11.
 */
package io.callvault.store.dropbox;
