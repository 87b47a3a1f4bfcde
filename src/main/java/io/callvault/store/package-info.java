// SPDX-License-Identifier: Apache-2.0
/**
 * Targets: where bytes are put, and the language of paths in them. Knows nothing of providers, the ledger or the
 * configuration.
 *
 * <h2>The contract of a target</h2>
 *
 * <p>Every kind of target keeps it; {@code StoreContract} checks it for each Kamelet in {@code routes/store/}.
 *
 * <ul>
 *   <li><b>All or nothing.</b> Under the final name there is the whole object or no object, whatever dies when.
 *   <li><b>Never overwritten.</b> A put of the bytes that already lie there succeeds, as often as it is repeated. A put of
 *       other bytes is refused ({@code STORE_CONFLICT}) and leaves the first object as it was, also when several
 *       processes race: one of them wins, the others see a success (same bytes) or a conflict.
 *   <li><b>Proved.</b> A put returns only when the object survives a power cut at the target and when the target's own
 *       checksum, or reading back, says that it has the bytes of {@link io.callvault.store.StorePut#sha256()}. What the
 *       target took otherwise is {@code STORE_NOT_PROVED}. Of a put that is followed by another to the same directory,
 *       the name may wait for that one to survive: nobody relies on it before.
 *   <li><b>Nothing is deleted</b>, except what the target made itself under a temporary name. Rights to write and to read
 *       are enough.
 *   <li><b>No path leads outside.</b> {@link io.callvault.store.ObjectPath#problem} says which are refused
 *       ({@code STORE_PATH_REFUSED}).
 *   <li><b>Passing is told from permanent.</b> {@code TryAgainException}: a moment later the same call may succeed; the
 *       target is asked again after a pause. {@code StopCustomerException} ({@code STORE_DENIED}, {@code STORE_FULL}):
 *       a person must act; the target is stopped and probed. {@code SkipRecordException}: this one object only. Each
 *       message is one sentence: what was tried, on which target, what came back, what to do. A target repeats nothing
 *       by itself.
 *   <li><b>Any thread, at once.</b> All calls may run in parallel, for the same path too. They block.
 * </ul>
 *
 * <h2>The same as a Kamelet</h2>
 *
 * <p>A kind is the file {@code routes/store/store-<kind>.kamelet.yaml}; it needs no Java. It gets exchange variables and
 * answers with variables ({@link io.callvault.exchange.Variables} has types and units):
 *
 * <table>
 *   <caption>Operations of a store Kamelet</caption>
 *   <tr><th>operation</th><th>is given</th><th>answers</th></tr>
 *   <tr><td>put</td><td>body: the {@code java.io.File}; path, length, sha256, contentType, mayShare, isFollowed, metadata, tags</td>
 *       <td>location, checksum</td></tr>
 *   <tr><td>stat</td><td>path</td><td>found; when true: length, and checksum if the target keeps one</td></tr>
 *   <tr><td>get</td><td>path, offset, limit, into</td>
 *       <td>the file {@code into} holds those bytes and no others; length: how many</td></tr>
 *   <tr><td>list</td><td>path: how the paths begin; body: a {@code java.util.function.Consumer}</td>
 *       <td>the Consumer was called with each {@link io.callvault.store.StoredObject}; count: how many</td></tr>
 * </table>
 *
 * <p>An answer that is missing means that the operation is not served: a put without {@code location} and
 * {@code checksum} is never taken for stored. All operations but list are needed. A failure is an exception; one that is
 * none of ours counts as a passing fault of the target. The variable {@code target} holds the target's name for
 * messages. The file is only read. A body is never a stream, because a stream cannot be repeated.
 *
 * <p>{@link io.callvault.store.StoreStep} makes such a Kamelet out of a {@link io.callvault.store.Store};
 * {@link io.callvault.store.RouteStore} makes a {@link io.callvault.store.Store} out of such a Kamelet. These two are
 * the only classes of this room that know Camel's exchange.
 */
package io.callvault.store;
