{{- define "aisociety.labels" -}}
app.kubernetes.io/name: aisociety
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "aisociety.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{/* What every pod of the product has: no root, no file of its own but /tmp and /data. */}}
{{- define "aisociety.pod" -}}
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "aisociety.container" -}}
image: {{ include "aisociety.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{- define "aisociety.environment" -}}
- { name: ENVIRONMENT, value: production }
- { name: ALLOWED_HOSTS, value: {{ join "," .Values.hosts | quote }} }
- { name: PROXIES, value: {{ .Values.proxies | quote }} }
- { name: BACKUP_DIR, value: /backups }
{{- range $name, $value := .Values.environment }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end -}}

{{/* Secrets are files; which of the two ways to the database is told by "database". */}}
{{- define "aisociety.secrets" -}}
- { name: SECRET_KEY_FILE, value: /secrets/secret_key }
- { name: DATABASE_URL_FILE, value: /secrets/{{ .database }} }
- { name: REDIS_URL_FILE, value: /secrets/redis_url }
{{- end -}}

{{- define "aisociety.volumes" -}}
- { name: tmp, emptyDir: { medium: Memory, sizeLimit: 64Mi } }
- { name: data, emptyDir: {} }
{{- end -}}

{{- define "aisociety.mounts" -}}
- { name: secrets, mountPath: /secrets, readOnly: true }
- { name: tmp, mountPath: /tmp }
- { name: data, mountPath: /data }
{{- end -}}
