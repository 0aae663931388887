// The running server: found, started, stopped, and what its state is.

import { EventEmitter, type ExtensionContext, type OutputChannel, commands, env, window, workspace } from "vscode";
import {
  type BaseLanguageClient,
  ExecuteCommandRequest,
  LanguageClient,
  type Middleware,
  RevealOutputChannelOn,
  SetTraceNotification,
  State,
  Trace,
  TransportKind,
} from "vscode-languageclient/node";

import { offerMore } from "./actions";
import { type Binary, NoBinary, findBinary } from "./binary";
import { linkRules } from "./ruleLinks";
import { serverPath, serverSettings, traceLevel } from "./settings";

export type Status =
  | { readonly kind: "starting" | "stopped" }
  | { readonly kind: "running"; readonly version: string; readonly binary: Binary }
  | { readonly kind: "failed"; readonly reason: string };

export class Session {
  private client: LanguageClient | undefined;
  private changed = new EventEmitter<Status>();
  private current: Status = { kind: "stopped" };
  /** Starts and stops, one after the other. */
  private queue: Promise<void> = Promise.resolve();

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly context: ExtensionContext,
    readonly output: OutputChannel,
  ) {
    context.subscriptions.push(
      this.changed,
      workspace.onDidChangeConfiguration((event) => {
        // Also when the workspace becomes trusted and its path counts.
        if (event.affectsConfiguration("cable.server.path")) void this.restart();
        if (event.affectsConfiguration("cable.server.trace")) void this.trace();
      }),
    );
  }

  get status(): Status {
    return this.current;
  }

  /** The program of the server, also for its other commands. Throws `NoBinary`. */
  binary(): Binary {
    return findBinary(serverPath(), this.context.extensionPath);
  }

  start(): Promise<void> {
    return this.enqueue(() => this.startNow());
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  /** Asks the server to run one of its own commands, once it has started. */
  async execute(command: string, ...args: unknown[]): Promise<unknown> {
    await this.queue;
    if (this.client?.state !== State.Running) throw new Error("The cable server is not running.");
    return this.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step, step);
    return this.queue;
  }

  private set(status: Status): void {
    this.current = status;
    void commands.executeCommand("setContext", "cable.serverIsRunning", status.kind === "running");
    this.changed.fire(status);
  }

  private async startNow(): Promise<void> {
    if (this.client !== undefined) return;
    this.set({ kind: "starting" });
    try {
      const binary = this.binary();
      this.output.appendLine(`server: ${binary.path} (from ${binary.origin})`);
      this.client = this.createClient(binary);
      await this.client.start();
    } catch (error) {
      this.client = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      this.output.appendLine(reason);
      this.set({ kind: "failed", reason });
      void this.report(error instanceof NoBinary, reason);
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // It did not leave in time; the client has ended its process.
      this.output.appendLine(String(error));
    }
    this.set({ kind: "stopped" });
  }

  private createClient(binary: Binary): LanguageClient {
    const client: LanguageClient = new LanguageClient(
      "cable",
      "Cable",
      { command: binary.path, args: ["server"], transport: TransportKind.stdio },
      {
        // In every place a document can come from: a file, an unsaved buffer, the other side of a diff.
        documentSelector: [{ language: "cable" }],
        synchronize: { configurationSection: "cable" },
        outputChannel: this.output,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        middleware: this.middleware(() => client),
        // The failure is reported in one place, by `startNow`.
        initializationFailedHandler: () => false,
      },
    );
    // The commands are registered by this extension, so that they answer also where no server runs.
    const executeCommand = client.getFeature(ExecuteCommandRequest.method);
    Object.assign(executeCommand, { register: () => undefined });
    linkRules(client);
    // The client would read `cable.trace.server`; our setting is `cable.server.trace`, and `trace` applies it.
    Object.assign(client, { refreshTrace: () => undefined });
    client.onDidChangeState(({ newState }) => {
      if (client !== this.client) return;
      if (newState === State.Running) {
        this.set({ kind: "running", version: client.initializeResult?.serverInfo?.version ?? "", binary });
        void this.trace();
      } else if (newState === State.Starting) {
        this.set({ kind: "starting" });
      } else if (this.current.kind === "running") {
        this.set({ kind: "failed", reason: "The cable server has stopped." });
      }
    });
    return client;
  }

  private middleware(client: () => BaseLanguageClient): Middleware {
    return {
      ...offerMore,
      workspace: {
        // The server asks for the settings of each folder, at first and when told that they changed.
        configuration: async (params, token, next) => {
          const asked = await next(params, token);
          if (!Array.isArray(asked)) return asked;
          return params.items.map(({ section, scopeUri }, index) => {
            const resource = scopeUri === undefined ? undefined : client().protocol2CodeConverter.asUri(scopeUri);
            return section === "cable" ? serverSettings(this.settingKeys(), resource) : (asked[index] as unknown);
          });
        },
      },
    };
  }

  private settingKeys(): string[] {
    const { contributes } = this.context.extension.packageJSON as {
      contributes: { configuration: { properties: object }[] };
    };
    return contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  }

  private async trace(): Promise<void> {
    const client = this.client;
    if (client?.state !== State.Running) return;
    const level = Trace.fromString(traceLevel());
    await client.setTrace(level);
    await client.sendNotification(SetTraceNotification.type, { value: Trace.toString(level) });
  }

  private async report(isMissing: boolean, reason: string): Promise<void> {
    const [help, settings, log] = ["How to Get It", "Open Settings", "Show Log"] as const;
    const buttons = isMissing ? [help, settings] : [log];
    const choice = await window.showErrorMessage(isMissing ? reason : `The cable server did not start: ${reason}`, ...buttons);
    if (choice === help) await commands.executeCommand("cable.showServerHelp");
    if (choice === settings) {
      // A program is chosen for a machine, and the settings of a remote one have their own page.
      const page = env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
      await commands.executeCommand(`workbench.action.${page}`, { query: "cable.server.path" });
    }
    if (choice === log) this.output.show();
  }
}
