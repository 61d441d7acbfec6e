import { collectProblems, quote, throwProblems } from '../values/problems';
import type { DestinationFolders } from './output-folder';

/** Properties of {@link DestinationSplit.controlPlaneAndDataPlane}. */
export interface DestinationSplitProps {
  /** Folder of the objects for the control plane of the service mesh. @default 'control-plane' */
  readonly controlPlane?: string;
  /** Folder of all other objects. @default 'data-plane' */
  readonly dataPlane?: string;
}

/** How the objects of an app are divided among the clusters that they are applied to. */
export class DestinationSplit {
  /**
   * Istio's and ASM's objects go to one folder, all others to another: on ASM with a managed control plane the former belong to its API and
   * the latter to the cluster with the models.
   *
   * @throws Error when a folder's name is not valid, or both are the same
   */
  public static controlPlaneAndDataPlane(props: DestinationSplitProps = {}): DestinationSplit {
    const folders = { controlPlane: props.controlPlane ?? 'control-plane', dataPlane: props.dataPlane ?? 'data-plane' };
    throwProblems(
      'destination split',
      collectProblems(
        folderProblem(folders.controlPlane),
        folderProblem(folders.dataPlane),
        folders.controlPlane === folders.dataPlane ? `both folders are ${quote(folders.dataPlane)}: give them different names` : undefined,
      ),
    );
    return new DestinationSplit(folders);
  }

  private constructor(
    /** @internal */
    public readonly _folders: DestinationFolders,
  ) {}
}

function folderProblem(folder: string): string | undefined {
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(folder)
    ? undefined
    : `folder ${quote(folder)} is not valid: use lower-case letters, digits and '-', begin and end with a letter or digit`;
}
